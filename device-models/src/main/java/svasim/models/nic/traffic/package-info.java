/** What is in packets. */
package svasim.models.nic.traffic;
