/**
 * Who holds what: counted references with kind and owner, and the graph of strong references
 * between files, mappings, address spaces and bonds, as the trace is told of them. Nothing here
 * decides anything; the checker reads the graph (invariants I-20 and I-21).
 */
package svasim.os.reference;
