/**
 * The hardware of the GPU. The way of a dispatch: doorbell, {@code Runlist} (slots and contexts),
 * {@code CommandProcessor} (packets), {@code Dispatch}, {@code ComputeUnit}, {@code Wave}, {@code
 * Coalescer}, accesses; then the completion signal and the interrupt ring.
 */
package svasim.models.gpu.device;
