// What ThreadSanitizer need not report in tests that use LevelDB.
//
// LevelDB's readers walk a skip list while its writer inserts, ordered by
// atomics. Debian's library is built without ThreadSanitizer, which so sees the
// memcmp and memcpy of both, and not the atomics.

extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "race:libleveldb.so\n";
}
