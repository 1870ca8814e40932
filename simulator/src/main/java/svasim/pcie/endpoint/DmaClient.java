package svasim.pcie.endpoint;

/** Is told how an access to memory ended. */
@FunctionalInterface
public interface DmaClient {
    /**
     * Called once for each request, never from within the call that made it.
     *
     * @param token the word that the client gave with the request
     * @param faultAddress untranslated address of the first byte that could not be accessed; 0 if
     *     the status is {@link DmaStatus#OK}
     */
    void done(long nowPs, long token, DmaStatus status, long faultAddress);
}
