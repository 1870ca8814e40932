/**
 * What each operation does to bytes: operands, cutting into pieces, computations, and the
 * descriptor for the rest after a fault. No time and no device in here.
 */
package svasim.models.dsa.operation;
