// Takes typed values out of one table of a TOML file, and remembers the first mistake.
//
// Each key that the program knows is taken once; done() then refuses whatever was left over. After the first mistake
// all further calls leave their targets alone.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "models/error.hpp"

namespace biaod::daemon {

class ConfigReader {
  public:
    // `table` may be null: all defaults stand. `mistake` is shared by the readers of one file.
    ConfigReader(const toml::table* table, std::string file, std::string prefix, std::string& mistake);

    void text(const char* key, std::string& value);
    void texts(const char* key, std::vector<std::string>& value);
    void choice(const char* key, std::string& value, const std::vector<std::string>& allowed);
    void flag(const char* key, bool& value);
    // "host:port" or "[address]:port"; empty: none.
    void address(const char* key, std::string& host, int& port);
    // A rule that concerns several keys: refused at the place of `key`.
    void require(const char* key, bool holds, const std::string& otherwise);
    // An absolute path; a relative one is completed by the configuration file's folder.
    void path(const char* key, std::string& value);
    // A bus address; the path of "ipc://folder/socket" is completed in the same way.
    // `has_keys`: other hosts may be let in.
    void endpoint(const char* key, std::string& value, bool has_keys);
    // A whole number or, for times, also a decimal one, times `unit`: seconds with unit 1000 become milliseconds.
    template <typename Number>
    void number(const char* key, Number& value, double least, double most, double unit = 1) {
        double read = 0;
        if (take_number(key, least, most, unit != 1, read)) value = static_cast<Number>(read * unit);
    }
    // Reads the sub-table `key` ("[intake]").
    ConfigReader section(const char* key);
    void done();

  private:
    std::string completed(const std::string& path) const;
    const toml::node* take(const char* key);
    bool take_number(const char* key, double least, double most, bool decimal, double& value);
    void refuse(const toml::source_region& where, const std::string& what);
    std::string name_of(const std::string& key) const;

    const toml::table* table_;
    std::string file_;
    std::string prefix_;
    std::string& mistake_;
    std::set<std::string> known_;
};

}  // namespace biaod::daemon
