# A server of ours with the bad habits of real ones; it needs nothing of the product.
add_executable(fakemcp support/fakemcp.cpp)
set_target_properties(fakemcp PROPERTIES AUTOMOC OFF)
target_link_libraries(fakemcp PRIVATE handrail_flags nlohmann_json::nlohmann_json)

foreach(name mcp mcphttp mcprun mcplive)
  handrail_test(${name} LIBS Qt6::Network)
  target_compile_definitions(${name}test PRIVATE FAKE_PROGRAM="$<TARGET_FILE:fakemcp>" MCP_FOLDER="${CMAKE_CURRENT_SOURCE_DIR}/mcp")
  add_dependencies(${name}test fakemcp)
endforeach()
target_sources(mcphttptest PRIVATE support/webserver.h)

# The protocol's own conformance suite for clients, against a small client around the product's sessions.
add_executable(mcpprobe mcpprobe.cpp)
target_link_libraries(mcpprobe PRIVATE agentcore)
function(conformance scenario version)
  add_test(NAME mcp-${version}-${scenario}
           COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/mcp/conformance.sh $<TARGET_FILE:mcpprobe> ${scenario} ${version})
  set_tests_properties(mcp-${version}-${scenario} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 60)
endfunction()
foreach(scenario initialize tools_call elicitation-sep1034-client-defaults sse-retry)
  conformance(${scenario} 2025-11-25)
endforeach()
foreach(scenario tools_call request-metadata sep-2322-client-request-state http-standard-headers http-custom-headers
                 http-invalid-tool-headers json-schema-ref-no-deref)
  conformance(${scenario} 2026-07-28)
endforeach()
