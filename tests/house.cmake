handrail_test(arrows)
target_compile_definitions(arrowstest PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
handrail_test(translation)
target_compile_definitions(translationtest PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
