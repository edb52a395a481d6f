// A wire to the SPI bridge, by lines of text: a command comes in, one line goes out. Bus clock 100 MHz, memory behind the bridge.
//
//   frame HEX [BITS]   a frame, with so many bits more at its end; the bytes that came back
//   begin HEX [BITS]   the same, but chip select stays low        end   chip select rises
//   run N              N bus clocks                               time  device time in ns
//   half N             half a period of SCK, in bus clocks        reset, power   the bridge is reset
//   get OFF, put OFF V the bridge's own registers                 set NAME V     a setting of the memory, see below
//   mem A, poke A V    a word of the memory                       log   accesses to the memory since the last log

#include <cstdint>
#include <cstdio>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "Vpins.h"
#include "verilated.h"

double sc_time_stamp() { return 0; }

static Vpins *top;
static uint64_t clocks = 0;
static std::map<uint32_t, uint32_t> memory;
static std::map<std::string, uint32_t> setting{
    {"delay", 0},          // clocks before an access is answered
    {"error", 0xFFFFFFFF}, // the address that answers with an error
    {"hang", 0xFFFFFFFF},  // the address that never answers
};
static std::ostringstream accesses;
static uint32_t half = 5, waited = 0;

static void step() {
    top->tick = clocks % 100 == 99;
    bool access = top->m_psel && top->m_penable;
    uint32_t at = top->m_paddr;
    bool ready = access && waited >= setting["delay"] && at != setting["hang"];
    top->m_pready = ready;
    top->m_pslverr = ready && at == setting["error"];
    top->m_prdata = top->m_pslverr ? 0 : memory[at];
    waited = access && !ready ? waited + 1 : 0;
    if (ready && !top->m_pslverr && top->m_pwrite) {
        for (int lane = 0; lane < 4; lane++) {
            uint32_t mask = 0xFFu << 8 * lane;
            if (top->m_pstrb >> lane & 1) memory[at] = (memory[at] & ~mask) | (top->m_pwdata & mask);
        }
    }
    if (ready) {
        char line[64];
        if (top->m_pwrite) snprintf(line, sizeof line, " w:%x:%x:%x", at, top->m_pwdata, top->m_pstrb);
        else snprintf(line, sizeof line, " r:%x", at);
        accesses << line;
    }
    top->eval();
    top->clk = 1;
    top->eval();
    top->clk = 0;
    top->eval();
    clocks++;
}

static void run(uint64_t n) {
    while (n--) step();
}

static int bit(int out) {
    top->mosi = out;
    run(half);
    int in = top->miso;
    top->sck = 1;
    run(half);
    top->sck = 0;
    return in;
}

static std::string begin(const std::string &hex, int bits) {
    std::string in;
    top->cs_n = 0;
    run(half);
    for (size_t i = 0; i + 1 < hex.size(); i += 2) {
        int out = std::stoi(hex.substr(i, 2), nullptr, 16), byte = 0;
        for (int b = 7; b >= 0; b--) byte = byte << 1 | bit(out >> b & 1);
        char text[3];
        snprintf(text, sizeof text, "%02x", byte);
        in += text;
    }
    while (bits-- > 0) bit(1);
    run(half);
    return in;
}

static void end() {
    top->cs_n = 1;
    run(100);
}

static uint32_t apb(uint32_t offset, bool write, uint32_t value) {
    top->r_psel = 1;
    top->r_pwrite = write;
    top->r_paddr = offset;
    top->r_pwdata = value;
    step();
    top->r_penable = 1;
    for (;;) {
        top->eval();
        bool ready = top->r_pready;
        value = top->r_prdata;
        step();
        if (ready) break;
    }
    top->r_psel = top->r_penable = 0;
    step();
    return value;
}

static void reset(bool power) {
    top->rst_n = 0;
    if (power) top->por_n = 0;
    run(3);
    top->rst_n = top->por_n = 1;
    run(10);
}

int main(int argc, char **argv) {
    VerilatedContext context;
    context.commandArgs(argc, argv);
    top = new Vpins{&context};
    top->cs_n = 1;
    reset(true);
    std::string line, command, hex;
    while (std::getline(std::cin, line)) {
        std::istringstream words(line);
        words >> command >> std::hex;
        uint32_t a = 0, b = 0;
        if (command == "frame" || command == "begin") {
            hex.clear();
            words >> hex >> b;
            std::cout << begin(hex == "-" ? "" : hex, b);
            if (command == "frame") end();
        } else if (command == "set") {
            words >> hex >> b;
            if (hex == "fault") top->link_fault = b;
            else if (hex == "no_answer") top->no_answer = b;
            else setting.at(hex) = b;
        } else {
            words >> a >> b;
            if (command == "end") end();
            else if (command == "run") run(a);
            else if (command == "time") std::cout << std::dec << clocks * 10;
            else if (command == "half") half = a;
            else if (command == "reset" || command == "power") reset(command == "power");
            else if (command == "get") std::cout << std::hex << apb(a, false, 0);
            else if (command == "put") apb(a, true, b);
            else if (command == "mem") std::cout << std::hex << memory[a];
            else if (command == "poke") memory[a] = b;
            else if (command == "log") {
                std::cout << accesses.str();
                accesses.str("");
            } else return 2;
        }
        std::cout << std::endl;
    }
    top->final();
    delete top;
}
