/**
 * What a scenario may say of a DSA and of the work that programs give it. Attributes of queues have
 * the names that accel-config uses.
 */
package svasim.models.dsa.config;
