/** What a scenario may say of the network card and of its traffic. */
package svasim.models.nic.config;
