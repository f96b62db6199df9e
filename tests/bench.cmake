# Run by hand: build/tests/bench [--json] [--rounds N] [--parked N], or --counters [RUNS], or --inbox [HANDOFFS]. Never a test.
add_executable(bench bench/bench.cpp bench/counters.cpp bench/filled.cpp bench/inbox.cpp bench/raw.cpp bench/stage.cpp
  bench/counters.h bench/filled.h bench/inbox.h bench/measuring.h bench/raw.h bench/stage.h)
set_target_properties(bench PROPERTIES UNITY_BUILD OFF)
target_link_libraries(bench PRIVATE agentcore Qt6::Core SQLite::SQLite3)

add_executable(benchconsole bench/console.cpp bench/filled.cpp bench/stage.cpp bench/filled.h bench/measuring.h bench/stage.h)
set_target_properties(benchconsole PROPERTIES UNITY_BUILD OFF)
target_link_libraries(benchconsole PRIVATE handrail_console Qt6::Test)
