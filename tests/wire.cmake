handrail_test(wire LIBS Qt6::Network)
target_sources(wiretest PRIVATE support/byteserver.h)
handrail_test(tools)
