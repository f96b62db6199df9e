# The views beside the inbox: each alone, and in the real window over the demo's shop.
handrail_test(views LIBS handrail_ui)
handrail_test(look LIBS handrail_ui)
handrail_test(viewsjourney LIBS handrail_console Qt6::Network)
target_sources(viewsjourneytest PRIVATE support/byteserver.h)
target_compile_definitions(viewsjourneytest PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  HANDRAIL_PROGRAM="$<TARGET_FILE:handrail>" SHOP_PROGRAM="$<TARGET_FILE:handrail-demo-shop>")
add_dependencies(viewsjourneytest handrail handrail-demo-shop)
handrail_test(replayview LIBS handrail_ui)
# Draws the replay view in its states for a person to look at; not a test.
add_executable(replaygallery replaygallery.cpp)
target_link_libraries(replaygallery PRIVATE handrail_ui Qt6::Svg Qt6::Test)
