/**
 * Strict JSON, canonical JSON and the YAML that people write, all read into one tree.
 *
 * <p>Accepted JSON is RFC 8259 without its freedoms: valid UTF-8 with no byte order mark, no duplicate names, no lone
 * surrogates, nothing after the value, numbers only as integers of at most 2<sup>53</sup>−1 in magnitude, and a bound
 * on bytes and depth. Canonical JSON is RFC 8785 (JCS) over such values: names sorted by UTF-16 code units, shortest
 * escapes, no white space. Example: <code>{"b":1,"a":"é"}</code> is written <code>{"a":"é","b":1}</code>.
 *
 * <p>YAML is 1.2 with the JSON schema's types, no anchors, tags or duplicate keys; every JSON document is one.
 */
package dev.quorate.json;
