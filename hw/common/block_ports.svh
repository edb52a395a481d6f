// The ports that every block has, and its slot connects. A block's module includes them at the end of its own ports.

    input  logic              clk,
    input  logic              por_n,    // power-on reset: nothing survives it
    input  logic              rst_n,
    input  us_t               tick,     // microseconds that have passed
    input  us_t               step,     // the same for what lasts: stretched in a slow block
    output us_t               alarm,    // steps until something happens by itself; 0 is never
    input  apb_req_t          apb,      // its registers
    output apb_rsp_t          apb_rsp,
    input  faults_t           faults,
    output logic [FAULTS-1:0] faults_used,
    output logic              violation  // one clock: software did what it must not
