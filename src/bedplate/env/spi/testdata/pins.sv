// The SPI bridge with its buses as plain ports, for the harness in pins.cpp.

module pins
    import block_pkg::*;
(
    input logic clk,
    input logic por_n,
    input logic rst_n,
    input us_t  tick,

    input  logic        r_psel,
    input  logic        r_penable,
    input  logic        r_pwrite,
    input  logic [31:0] r_paddr,
    input  logic [31:0] r_pwdata,
    output logic        r_pready,
    output logic [31:0] r_prdata,

    output logic        m_psel,
    output logic        m_penable,
    output logic        m_pwrite,
    output logic [31:0] m_paddr,
    output logic [31:0] m_pwdata,
    output logic [3:0]  m_pstrb,
    input  logic        m_pready,
    input  logic [31:0] m_prdata,
    input  logic        m_pslverr,
    input  logic        link_fault,
    input  logic        no_answer,

    input  logic sck,
    input  logic cs_n,
    input  logic mosi,
    output logic miso
);
    apb_rsp_t rsp;
    apb_req_t master;
    faults_t faults;
    always_comb begin
        faults            = '0;
        faults.planted[0] = no_answer;
    end
    assign {r_pready, r_prdata} = {rsp.pready, rsp.prdata};
    assign {m_psel, m_penable, m_pwrite} = {master.psel, master.penable, master.pwrite};
    assign {m_paddr, m_pwdata, m_pstrb} = {master.paddr, master.pwdata, master.pstrb};

    spi_br dut (
        .clk, .por_n, .rst_n, .tick, .faults, .step(tick), .faults_used(), .violation(), .working(), .alarm(), .link_fault, .sck, .cs_n, .mosi, .miso,
        .apb('{psel: r_psel, penable: r_penable, pwrite: r_pwrite, paddr: r_paddr, pwdata: r_pwdata, pstrb: 4'hF}),
        .apb_rsp(rsp), .master, .master_rsp('{pready: m_pready, prdata: m_prdata, pslverr: m_pslverr})
    );
endmodule
