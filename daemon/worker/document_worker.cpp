#include "daemon/worker/document_worker.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;
using nlohmann::ordered_json;

ordered_json to_json(const ReadRequest& request) {
    ordered_json json{{"name", request.name},           {"received_at", request.received_at},
                      {"labels", request.labels},       {"languages", request.languages},
                      {"threads", request.threads},     {"max_bytes", request.max_bytes},
                      {"max_pages", request.max_pages}, {"max_pixels_per_page", request.max_pixels_per_page}};
    if (request.sandbox_debug) json["sandbox_debug"] = true;
    if (request.stand_by) json["stand_by"] = true;
    if (request.overlay_dir) json["overlay_dir"] = *request.overlay_dir;
    if (request.picture) {
        const PictureRequest& picture = *request.picture;
        json["picture"] = {
            {"page", picture.page}, {"width", picture.width}, {"height", picture.height}, {"dpi", picture.dpi}};
    }
    return json;
}

Result<ReadRequest> read_request_from(const std::string& text) {
    try {
        const ordered_json json = ordered_json::parse(text);
        ReadRequest request;
        json.at("name").get_to(request.name);
        json.at("received_at").get_to(request.received_at);
        json.at("labels").get_to(request.labels);
        json.at("languages").get_to(request.languages);
        json.at("threads").get_to(request.threads);
        json.at("max_bytes").get_to(request.max_bytes);
        json.at("max_pages").get_to(request.max_pages);
        json.at("max_pixels_per_page").get_to(request.max_pixels_per_page);
        request.sandbox_debug = json.value("sandbox_debug", false);
        request.stand_by = json.value("stand_by", false);
        if (json.contains("overlay_dir")) request.overlay_dir = json.at("overlay_dir").get<std::string>();
        if (json.contains("picture")) {
            const ordered_json& picture = json.at("picture");
            request.picture = PictureRequest{picture.at("page").get<int>(), picture.at("width").get<double>(),
                                             picture.at("height").get<double>(), picture.at("dpi").get<double>()};
        }
        return request;
    } catch (const nlohmann::json::exception& error) {
        return models::fail(ErrorKind::internal, "worker", std::string("not a request: ") + error.what());
    }
}

}  // namespace biaod::daemon
