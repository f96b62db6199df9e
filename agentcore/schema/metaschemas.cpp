#include "agentcore/schema/documents.h"

namespace handrail::schema {
namespace {

/// What a schema of draft 7 has to look like (draft-handrews-json-schema-validation-01).
constexpr const char* seven = R"json({
"$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://json-schema.org/draft-07/schema#",
"type": ["object", "boolean"],
"definitions": {
  "count": {"type": "integer", "minimum": 0},
  "names": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
  "list": {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
  "map": {"type": "object", "additionalProperties": {"$ref": "#"}},
  "kind": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}},
"properties": {
  "$id": {"type": "string"}, "$schema": {"type": "string"}, "$ref": {"type": "string"}, "$comment": {"type": "string"},
  "title": {"type": "string"}, "description": {"type": "string"}, "default": true, "examples": {"type": "array"},
  "readOnly": {"type": "boolean"}, "writeOnly": {"type": "boolean"},
  "multipleOf": {"type": "number", "exclusiveMinimum": 0}, "maximum": {"type": "number"}, "minimum": {"type": "number"},
  "exclusiveMaximum": {"type": "number"}, "exclusiveMinimum": {"type": "number"},
  "maxLength": {"$ref": "#/definitions/count"}, "minLength": {"$ref": "#/definitions/count"}, "pattern": {"type": "string"},
  "items": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/list"}]}, "additionalItems": {"$ref": "#"},
  "maxItems": {"$ref": "#/definitions/count"}, "minItems": {"$ref": "#/definitions/count"}, "uniqueItems": {"type": "boolean"}, "contains": {"$ref": "#"},
  "maxProperties": {"$ref": "#/definitions/count"}, "minProperties": {"$ref": "#/definitions/count"}, "required": {"$ref": "#/definitions/names"},
  "properties": {"$ref": "#/definitions/map"}, "patternProperties": {"$ref": "#/definitions/map"}, "additionalProperties": {"$ref": "#"},
  "definitions": {"$ref": "#/definitions/map"}, "propertyNames": {"$ref": "#"},
  "dependencies": {"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/names"}]}},
  "const": true, "enum": {"type": "array"},
  "type": {"anyOf": [{"$ref": "#/definitions/kind"}, {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/definitions/kind"}}]},
  "format": {"type": "string"}, "contentMediaType": {"type": "string"}, "contentEncoding": {"type": "string"},
  "if": {"$ref": "#"}, "then": {"$ref": "#"}, "else": {"$ref": "#"},
  "allOf": {"$ref": "#/definitions/list"}, "anyOf": {"$ref": "#/definitions/list"}, "oneOf": {"$ref": "#/definitions/list"}, "not": {"$ref": "#"}}
})json";

/// What a schema of 2020-12 has to look like (draft-bhutton-json-schema-01 and its validation part), in one document.
constexpr const char* of2020 = R"json({
"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://json-schema.org/draft/2020-12/schema", "$dynamicAnchor": "meta",
"type": ["object", "boolean"],
"$defs": {
  "schema": {"$dynamicRef": "#meta"},
  "count": {"type": "integer", "minimum": 0},
  "names": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
  "list": {"type": "array", "minItems": 1, "items": {"$dynamicRef": "#meta"}},
  "map": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}},
  "anchor": {"type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"},
  "kind": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}},
"properties": {
  "$id": {"type": "string", "pattern": "^[^#]*#?$"}, "$schema": {"type": "string"}, "$ref": {"type": "string"}, "$dynamicRef": {"type": "string"},
  "$anchor": {"$ref": "#/$defs/anchor"}, "$dynamicAnchor": {"$ref": "#/$defs/anchor"}, "$comment": {"type": "string"},
  "$vocabulary": {"type": "object", "additionalProperties": {"type": "boolean"}}, "$defs": {"$ref": "#/$defs/map"}, "definitions": {"$ref": "#/$defs/map"},
  "title": {"type": "string"}, "description": {"type": "string"}, "default": true, "deprecated": {"type": "boolean"}, "examples": {"type": "array"},
  "readOnly": {"type": "boolean"}, "writeOnly": {"type": "boolean"},
  "multipleOf": {"type": "number", "exclusiveMinimum": 0}, "maximum": {"type": "number"}, "minimum": {"type": "number"},
  "exclusiveMaximum": {"type": "number"}, "exclusiveMinimum": {"type": "number"},
  "maxLength": {"$ref": "#/$defs/count"}, "minLength": {"$ref": "#/$defs/count"}, "pattern": {"type": "string"},
  "prefixItems": {"$ref": "#/$defs/list"}, "items": {"$ref": "#/$defs/schema"}, "contains": {"$ref": "#/$defs/schema"},
  "maxContains": {"$ref": "#/$defs/count"}, "minContains": {"$ref": "#/$defs/count"},
  "maxItems": {"$ref": "#/$defs/count"}, "minItems": {"$ref": "#/$defs/count"}, "uniqueItems": {"type": "boolean"}, "unevaluatedItems": {"$ref": "#/$defs/schema"},
  "maxProperties": {"$ref": "#/$defs/count"}, "minProperties": {"$ref": "#/$defs/count"}, "required": {"$ref": "#/$defs/names"},
  "properties": {"$ref": "#/$defs/map"}, "patternProperties": {"$ref": "#/$defs/map"}, "additionalProperties": {"$ref": "#/$defs/schema"},
  "propertyNames": {"$ref": "#/$defs/schema"}, "unevaluatedProperties": {"$ref": "#/$defs/schema"}, "dependentSchemas": {"$ref": "#/$defs/map"},
  "dependentRequired": {"type": "object", "additionalProperties": {"$ref": "#/$defs/names"}},
  "dependencies": {"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/$defs/schema"}, {"$ref": "#/$defs/names"}]}},
  "const": true, "enum": {"type": "array"},
  "type": {"anyOf": [{"$ref": "#/$defs/kind"}, {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/$defs/kind"}}]},
  "format": {"type": "string"}, "contentMediaType": {"type": "string"}, "contentEncoding": {"type": "string"}, "contentSchema": {"$ref": "#/$defs/schema"},
  "if": {"$ref": "#/$defs/schema"}, "then": {"$ref": "#/$defs/schema"}, "else": {"$ref": "#/$defs/schema"},
  "allOf": {"$ref": "#/$defs/list"}, "anyOf": {"$ref": "#/$defs/list"}, "oneOf": {"$ref": "#/$defs/list"}, "not": {"$ref": "#/$defs/schema"}}
})json";

}  // namespace

const Library& metaSchemas()
{
    static const Library known{{"http://json-schema.org/draft-07/schema", parseJson(seven).take()},
                               {"https://json-schema.org/draft/2020-12/schema", parseJson(of2020).take()}};
    return known;
}

}  // namespace handrail::schema
