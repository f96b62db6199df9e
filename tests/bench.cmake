# Run by hand: build/tests/bench [rounds]. Never a test.
add_executable(bench bench/bench.cpp)
target_link_libraries(bench PRIVATE agentcore Qt6::Core SQLite::SQLite3)
