#pragma once

#include "agentcore/schema/node.h"

namespace handrail::schema {

enum class Draft { Seven, Of2020 };

/// Builds the nodes of one document. Schemas wait in a queue rather than on the stack, so that depth
/// costs nothing; references are tied when everything that has a name is known.
class Compiler {
public:
    explicit Compiler(const Json& document) : document_(document) {}
    Outcome<Nodes> compile();

private:
    friend struct Keywords;

    struct Waiting {
        NodeId node;
        std::string at;    ///< JSON Pointer into the document
        std::string base;  ///< URI against which its names are resolved
    };
    struct Reference {
        NodeId from;
        std::string at;
        std::string uri;
    };

    bool fail(const std::string& at, std::string message);
    bool chooseDraft();
    NodeId schedule(const std::string& at);
    bool compileNext();
    bool compileObject(Node& node, const Json& schema);
    bool nameIt(const Json& schema);
    bool registerId(const std::string& id);
    bool registerAnchor(const std::string& name);
    bool tieReferences();
    std::optional<NodeId> targetOf(const std::string& uri);
    std::string baseAround(std::string at) const;
    bool hasNoEndlessReference();

    const Json& document_;
    Draft draft_ = Draft::Of2020;
    Nodes nodes_;
    std::map<std::string, NodeId> byPointer_;
    std::map<std::string, std::string> bases_;      ///< pointer of a compiled schema -> its base URI
    std::map<std::string, std::string> resources_;  ///< URI -> pointer of the schema that has this $id
    std::map<std::string, std::string> anchors_;    ///< URI with fragment -> pointer
    std::deque<Waiting> waiting_;
    std::vector<Reference> references_;
    std::string at_;    ///< pointer of the schema that is being compiled
    std::string base_;  ///< and its base URI
    std::optional<Failure> error_;
};

/// The keywords with a value to be held or schemas to be compiled: each is one line of a table.
struct Keywords {
    static bool apply(Compiler& compiler, Node& node, const Json& schema);
};

}  // namespace handrail::schema
