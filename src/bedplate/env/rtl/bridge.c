/* The part of libbedplate.so that is C: what a request holds, and the accessors of bedplate.h that simulators call most.
 *
 * Python fills a slot (env/rtl/session.py); the caller reads it. Handles are indices, from 1.
 */
#include <stdio.h>
#include <wchar.h>

#define MOST 1024
#define SESSIONS 64

struct slot { /* the first members are laid out for two 64-bit stores: address, shape */
    unsigned long long address;
    unsigned int count, size;
    unsigned int words[MOST];
    unsigned long long value;
    const char* text;
    const char* error;
};

static struct slot slots[SESSIONS + 1];

static struct slot* slot_of(int session) { return &slots[session > 0 && session <= SESSIONS ? session : 0]; }

#define API CFFI_DLLEXPORT

API unsigned long long bedplate_address(int session) { return slot_of(session)->address; }
API int bedplate_size(int session) { return (int)slot_of(session)->size; }
API int bedplate_count(int session) { return (int)slot_of(session)->count; }
API unsigned long long bedplate_value(int session) { return slot_of(session)->value; }

API unsigned int bedplate_word(int session, int index) {
    return index >= 0 && index < MOST ? slot_of(session)->words[index] : 0;
}

API void bedplate_put_word(int session, int index, unsigned int word) {
    if (index >= 0 && index < MOST) slot_of(session)->words[index] = word;
}

API const char* bedplate_text(int session) {
    const char* text = slot_of(session)->text;
    return text ? text : "";
}

API const char* bedplate_error(int session) {
    const char* error = slot_of(session)->error;
    return error ? error
                 : "no session was opened yet, or Bedplate's Python did not start: see the standard error output";
}

/* A foreign program has no Python yet: it gets the one, with the packages, that this library was built by. */
__attribute__((constructor)) static void choose_python(void) {
    static const wchar_t program[] = L"@PROGRAM@";
    if (!Py_IsInitialized()) Py_SetProgramName((wchar_t*)program);
}
