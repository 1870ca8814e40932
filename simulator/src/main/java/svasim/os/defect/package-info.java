/**
 * Historical and deliberate bugs of the operating system that a scenario can switch on, so that the
 * checker can be seen to fire. Names starting with S are those of the race catalogue, names
 * starting with I break exactly the invariant of that number. All are off unless asked for.
 */
package svasim.os.defect;
