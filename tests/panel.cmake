handrail_test(panel LIBS handrail_ui)
# Draws the panel in its states for a person to look at; not a test.
add_executable(panelgallery panelgallery.cpp)
target_link_libraries(panelgallery PRIVATE handrail_ui Qt6::Svg)
