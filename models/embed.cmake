# cmake -DOUT=file.cpp -DNAME=function -DHEADER=header.hpp -DNAMESPACE=biaod::models -DFILES=a;b -P embed.cmake
#
# Writes a C++ file whose function, declared in the header, returns the named files as (name, text) pairs, their bytes
# as escapes.
set(body "// Generated from ${FILES}. Do not edit.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\n")
string(APPEND body "const std::vector<models::EmbeddedFile>& ${NAME}() {\n    static const std::vector<models::EmbeddedFile> files{\n")
foreach(file IN LISTS FILES)
  get_filename_component(base ${file} NAME)
  file(READ ${file} hex HEX)
  string(LENGTH "${hex}" size)
  set(text "")
  set(at 0)
  while(at LESS size)
    string(SUBSTRING "${hex}" ${at} 120 piece)
    string(REGEX REPLACE "(..)" "\\\\x\\1" piece "${piece}")
    string(APPEND text "\n         \"${piece}\"")
    math(EXPR at "${at} + 120")
  endwhile()
  string(APPEND body "        {\"${base}\",${text}},\n")
endforeach()
string(APPEND body "    };\n    return files;\n}\n\n}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUT} "${body}")
