# Linked against what is pure and nothing else: what replays has neither a store nor a wire.
add_executable(replaytest replaytest.cpp)
set_target_properties(replaytest PROPERTIES UNITY_BUILD OFF)
target_link_libraries(replaytest PRIVATE agentcore_pure Qt6::Test)
add_test(NAME replay COMMAND replaytest)
set_tests_properties(replay PROPERTIES ENVIRONMENT "LC_ALL=C.UTF-8" TIMEOUT 300)

foreach(name bundle whatif)
  add_executable(${name}test ${name}test.cpp)
  set_target_properties(${name}test PROPERTIES UNITY_BUILD OFF)
  target_link_libraries(${name}test PRIVATE agentcore_pure Qt6::Test)
  add_test(NAME ${name} COMMAND ${name}test)
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "LC_ALL=C.UTF-8" TIMEOUT 300)
endforeach()

handrail_test(replayjourney)
target_compile_definitions(replayjourneytest PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  HANDRAIL_PROGRAM="$<TARGET_FILE:handrail>" SHOP_PROGRAM="$<TARGET_FILE:handrail-demo-shop>")
add_dependencies(replayjourneytest handrail handrail-demo-shop)
handrail_test(keptbundle)
target_compile_definitions(keptbundletest PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
