/**
 * What processes do, as data: buffers and steps of their threads. {@link svasim.os.process} runs
 * them. Scenario files are bound to these records.
 */
package svasim.os.program;
