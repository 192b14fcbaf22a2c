// Answers of the review page in JSON. For this folder only.
#pragma once

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "models/error.hpp"

namespace biaod::daemon {

void reply(httplib::Response& response, const nlohmann::ordered_json& json);

// {"error": word, "reason": sentence}. Words are translated by the page; the sentence is for the log of a program.
void refuse(httplib::Response& response, int status, const std::string& word, const std::string& reason = {});

// 400 for bad_input, 503 for temporary, 500 for the rest.
void refuse(httplib::Response& response, const models::Error& error);

// A JSON object of bounded depth; nullopt after refusing.
std::optional<nlohmann::ordered_json> body_of(const httplib::Request& request, httplib::Response& response);

// A whole number of the query; `otherwise` when it is missing or none.
std::int64_t number_of(const httplib::Request& request, const char* key, std::int64_t otherwise);

}  // namespace biaod::daemon
