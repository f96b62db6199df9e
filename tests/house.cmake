handrail_test(arrows)
target_compile_definitions(arrowstest PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
