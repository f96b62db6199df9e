handrail_test(audit LIBS SQLite::SQLite3)
handrail_test(store)
handrail_test(powerloss LIBS SQLite::SQLite3)
target_compile_definitions(storetest PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
