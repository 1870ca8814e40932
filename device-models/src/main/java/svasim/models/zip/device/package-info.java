/**
 * The hardware of the compression engine: the queue manager takes contexts by mailbox and entries
 * by doorbell, the engine compresses what entries point to.
 */
package svasim.models.zip.device;
