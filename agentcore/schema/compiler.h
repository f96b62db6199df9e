#pragma once

#include "agentcore/schema/documents.h"
#include "agentcore/schema/node.h"

namespace handrail::schema {

/// Builds the nodes of one document and of those it leads to. Schemas wait in a queue rather than on the stack, so that depth
/// costs nothing; references are tied when everything that has a name is known.
class Compiler {
public:
    Compiler(const Json& document, const Library& library) : documents_(document, library) {}
    Outcome<Nodes> compile();

private:
    friend struct Keywords;

    struct Waiting {
        NodeId node;
        std::string at;    ///< its place
        std::string base;  ///< URI against which its names are resolved
    };
    struct Reference {
        NodeId from;
        std::string at;
        std::string uri;
        bool isDynamic = false;
    };

    bool fail(const std::string& at, std::string message);
    NodeId schedule(const std::string& at);
    bool compileNext();
    bool compileObject(Node& node, const Json& schema);
    bool nameIt(const Json& schema);
    bool registerId(const std::string& id);
    bool registerAnchor(const std::string& name);
    bool noteReference(const char* member, const Json& schema);
    bool takeIn(const std::string& uri);
    void tie(const Reference& reference, NodeId target);
    bool tieReferences();
    std::optional<NodeId> targetOf(const std::string& uri);
    std::string baseAround(std::string at) const;
    bool hasNoEndlessReference();

    Documents documents_;
    Dialect dialect_;  ///< of the document that is being compiled
    Nodes nodes_;
    std::map<std::string, NodeId> byPointer_;
    std::map<std::string, std::string> bases_;      ///< pointer of a compiled schema -> its base URI
    std::map<std::string, std::string> resources_;  ///< URI -> place of the schema that has this $id
    std::map<std::string, std::string> anchors_;    ///< URI with fragment -> place
    std::map<std::string, int> numbers_;            ///< base URI -> number of its resource
    std::map<std::string, NodeId> dynamicAnchors_;  ///< URI with fragment -> the schema with this $dynamicAnchor
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
