/**
 * The kernel's driver of the compression engine, in the manner of uacce, and the library that
 * programs use with it.
 */
package svasim.models.zip.uacce;
