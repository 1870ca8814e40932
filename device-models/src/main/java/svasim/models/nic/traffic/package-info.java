/** When packets come, and what is in them. */
package svasim.models.nic.traffic;
