# Campaigns: short in the normal run, long by hand (QTEST_FUNCTION_TIMEOUT=7200000 HANDRAIL_KILLS=10000 build/tests/killcampaign;
# without the first, Qt ends a test function after five minutes).
add_executable(killcampaign campaigns/killcampaign.cpp campaigns/killworker.cpp campaigns/killworker.h)
set_target_properties(killcampaign PROPERTIES UNITY_BUILD OFF)
target_link_libraries(killcampaign PRIVATE agentcore Qt6::Test Qt6::Network)
add_test(NAME killcampaign COMMAND killcampaign)
set_tests_properties(killcampaign PROPERTIES ENVIRONMENT "LC_ALL=C.UTF-8" TIMEOUT 300)
handrail_test(races LIBS Qt6::Network)
target_sources(racestest PRIVATE support/byteserver.h)
