/** What a scenario may say of the compression engine and of its work. */
package svasim.models.zip.config;
