/**
 * Keeps what the Javadoc of records says for users, so that no sentence about a key of a scenario
 * is written twice. {@link svasim.words.RecordWords} runs within the compiler and writes the
 * sentences beside the classes; the schema and {@code svasim show} read them from there. Device
 * models of others work without; compiled with {@code -processor svasim.words.RecordWords}, they
 * have sentences as ours do.
 */
package svasim.words;
