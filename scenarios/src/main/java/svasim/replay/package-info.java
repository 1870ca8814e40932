/**
 * Runs captures of real machines and conformance cases through the timed IOMMU models: memory
 * writes, register writes and messages go in, line by line, and every expectation is compared with
 * what the model did. The format is that of the captures' {@code unit.json} and {@code trace.txt}.
 *
 * <p>Where an S line stands, the tables in memory are compared with the files of that snapshot, if
 * the capture has them, and walked for every translation that they name.
 */
package svasim.replay;
