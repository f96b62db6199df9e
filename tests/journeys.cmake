# The real programs against the demo's shop.
add_library(killat MODULE support/killat.c)
set_target_properties(killat PROPERTIES AUTOMOC OFF PREFIX "")
target_link_libraries(killat PRIVATE ${CMAKE_DL_LIBS})

handrail_test(journey)
handrail_test(watchjourney LIBS Qt6::Network)
target_sources(watchjourneytest PRIVATE support/byteserver.h)
handrail_test(kill)
handrail_test(pass)
set_tests_properties(pass PROPERTIES TIMEOUT 600)
handrail_test(console LIBS handrail_console)
handrail_test(manywait LIBS handrail_console)
handrail_test(buttons LIBS handrail_console)
handrail_test(togetherjourney LIBS handrail_console)
handrail_test(handoffjourney LIBS handrail_console Qt6::Network)
target_sources(handoffjourneytest PRIVATE support/byteserver.h)
handrail_test(stalls LIBS handrail_console)
handrail_test(deception LIBS handrail_console Qt6::Network)
target_sources(deceptiontest PRIVATE support/byteserver.h)
set_tests_properties(deception PROPERTIES TIMEOUT 600)
foreach(name journey watchjourney kill pass console manywait buttons togetherjourney handoffjourney deception)
  target_compile_definitions(${name}test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    HANDRAIL_PROGRAM="$<TARGET_FILE:handrail>" SHOP_PROGRAM="$<TARGET_FILE:handrail-demo-shop>" KILLAT_LIBRARY="$<TARGET_FILE:killat>")
  add_dependencies(${name}test handrail handrail-demo-shop killat)
endforeach()

# The console as whoever has it read out uses it: over the accessibility bus, on a display and a bus of its own.
add_test(NAME readaloud COMMAND dbus-run-session -- xvfb-run -a /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/readaloud/sightless.py
         $<TARGET_FILE:handrail-console> $<TARGET_FILE:handrail> $<TARGET_FILE:handrail-demo-shop> ${PROJECT_SOURCE_DIR}/resources/demo)
set_tests_properties(readaloud PROPERTIES TIMEOUT 240)

# Draws the window in its states for a person to look at; not a test.
add_executable(gallery gallery.cpp)
target_link_libraries(gallery PRIVATE handrail_console Qt6::Test)
target_compile_definitions(gallery PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  HANDRAIL_PROGRAM="$<TARGET_FILE:handrail>" SHOP_PROGRAM="$<TARGET_FILE:handrail-demo-shop>")
add_dependencies(gallery handrail handrail-demo-shop)

# On a bus of its own: the desktop's would show the test's notifications to whoever sits there.
add_executable(notifytest notifytest.cpp)
set_target_properties(notifytest PROPERTIES UNITY_BUILD OFF)
target_link_libraries(notifytest PRIVATE handrail_console Qt6::Test)
add_test(NAME notify COMMAND dbus-run-session -- $<TARGET_FILE:notifytest>)
set_tests_properties(notify PROPERTIES ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8" TIMEOUT 60)

# A tray is a thing of a desktop: on a display and a bus of its own.
add_executable(traytest traytest.cpp)
set_target_properties(traytest PROPERTIES UNITY_BUILD OFF)
target_link_libraries(traytest PRIVATE handrail_console Qt6::Test)
add_test(NAME tray COMMAND dbus-run-session -- xvfb-run -a $<TARGET_FILE:traytest>)
set_tests_properties(tray PROPERTIES ENVIRONMENT "QT_QPA_PLATFORM=xcb;LC_ALL=C.UTF-8" TIMEOUT 60)
