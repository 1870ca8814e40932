/**
 * Runs captures of real machines and conformance cases through the timed IOMMU models: memory
 * writes, register writes and messages go in, line by line, and every expectation is compared with
 * what the model did. The format is that of the captures' {@code unit.json} and {@code trace.txt}.
 *
 * <p>Snapshots (S lines) are not compared: their contents follow from the other lines.
 */
package svasim.replay;
