/**
 * Files of YAML or JSON as a tree in which every node knows its line and column, and the binding of
 * such a tree to configuration records. All mistakes of a file are collected, each with its place,
 * what was found and what was expected.
 *
 * <p>YAML is used as plain data: anchors, aliases, tags and merge keys are refused.
 */
package svasim.binding;
