/**
 * Loads that programs put on devices: so many pieces of work, handed in when one before has ended
 * (closed loop) or at times that do not depend on the device (open loop).
 *
 * <p>The latency of a piece counts from when it was meant to come, so that a device which holds the
 * program up is charged for the pieces that wait meanwhile (what G. Tene calls coordinated omission
 * is avoided). The words are the same for each model: count, depth, arrivals, interval, burst.
 */
package svasim.device.load;
