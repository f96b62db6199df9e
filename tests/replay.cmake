# Linked against what is pure and nothing else: what replays has neither a store nor a wire.
add_executable(replaytest replaytest.cpp)
set_target_properties(replaytest PROPERTIES UNITY_BUILD OFF)
target_link_libraries(replaytest PRIVATE agentcore_pure Qt6::Test)
add_test(NAME replay COMMAND replaytest)
set_tests_properties(replay PROPERTIES ENVIRONMENT "LC_ALL=C.UTF-8" TIMEOUT 300)
