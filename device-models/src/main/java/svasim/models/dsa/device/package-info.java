/**
 * The device: portals, work queues, engines, commands and errors, with their timing. It shares bit
 * layouts with the driver, and nothing else.
 */
package svasim.models.dsa.device;
