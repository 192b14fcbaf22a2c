// With AddressSanitizer only: what libraries keep until the process ends is no leak of ours, and needs no mention.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_options();

extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig.so\n"
           "leak:libpango\n"
           "leak:libcairo.so\n"
           "leak:libglib-2.0.so\n"
           "leak:libgobject-2.0.so\n"
           "leak:libgomp.so\n";
}

extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
