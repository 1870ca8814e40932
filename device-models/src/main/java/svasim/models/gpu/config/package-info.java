/** What a scenario may say of a GPU and of its work. */
package svasim.models.gpu.config;
