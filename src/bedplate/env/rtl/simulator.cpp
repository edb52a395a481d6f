// A Verilated testbench as a library: Python opens it and runs it. The time loop is that of `verilator --main`.
//
// Built with VL_USER_FINISH, VL_USER_STOP and VL_USER_FATAL: a $fatal must end the simulation, not the Python process that
// it lives in, and a good end is no news.
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "Vsim.h"
#include "verilated.h"

namespace {
struct Simulation {
    std::unique_ptr<VerilatedContext> context{new VerilatedContext};
    std::unique_ptr<Vsim> top;
    unsigned long long slots = 0;  // times at which something happened
};

constexpr unsigned long long BETWEEN_SIGNALS = 1024;  // slots: milliseconds
}  // namespace

void vl_fatal(const char* file, int line, const char*, const char* message) {
    if (message[0]) std::fprintf(stderr, "%s:%d: %s\n", file, line, message);
    Verilated::threadContextp()->gotError(true);
    Verilated::threadContextp()->gotFinish(true);
}

void vl_finish(const char*, int, const char*) { Verilated::threadContextp()->gotFinish(true); }

void vl_stop(const char* file, int line, const char* hier) { vl_fatal(file, line, hier, ""); }

extern "C" {

void* sim_open(int argc, const char** argv, int waves) {
    auto* simulation = new Simulation;
    simulation->context->traceEverOn(waves != 0);
    simulation->context->commandArgs(argc, argv);
    simulation->top.reset(new Vsim{simulation->context.get(), ""});
    return simulation;
}

// Until $finish, $fatal, nothing is left to happen, or `signalled` is true: Python's own handler does not run while C++ does.
// 0 for a good end.
int sim_run(void* handle, int (*signalled)()) {
    auto* simulation = static_cast<Simulation*>(handle);
    VerilatedContext* context = simulation->context.get();
    Vsim* top = simulation->top.get();
    while (!context->gotFinish()) {
        top->eval();
        if (!top->eventsPending()) break;
        context->time(top->nextTimeSlot());
        if (++simulation->slots % BETWEEN_SIGNALS == 0 && signalled() != 0) break;
    }
    top->final();
    return context->gotError() ? 1 : 0;
}

unsigned long long sim_slots(void* handle) { return static_cast<Simulation*>(handle)->slots; }

// Another simulation may have run in this thread since: $finish and the like are for this one again.
void sim_select(void* handle) { Verilated::threadContextp(static_cast<Simulation*>(handle)->context.get()); }

void sim_close(void* handle) { delete static_cast<Simulation*>(handle); }

}  // extern "C"
