package svasim.models.rogue;

/**
 * One attack, as the registers had it when it began.
 *
 * @param pasid that was given to the function
 * @param buffer virtual address of the attacker's buffer
 * @param bytes of it, one page at most
 * @param from first physical address of a search
 * @param size bytes of the search
 * @param requester requester ID to pretend or to attack
 */
record Order(
        Attack attack,
        boolean writes,
        int pasid,
        long buffer,
        int bytes,
        long from,
        long size,
        int requester,
        int count) {}
