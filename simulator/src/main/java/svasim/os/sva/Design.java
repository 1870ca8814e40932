package svasim.os.sva;

import java.util.function.Function;
import svasim.os.procedure.Procedure;

/**
 * What a lifetime policy consists of.
 *
 * @param lock name of the lock under which bonds are made and ended
 * @param domain what its source calls a domain
 * @param sharing key of a bond's domain: bonds with equal ones share it
 * @param bind steps of a bind
 * @param unbind steps of an unbind
 * @param release what is done first when the contents of an address space go
 */
record Design(
        String lock,
        String domain,
        Function<Binding, Object> sharing,
        Procedure<Binding> bind,
        Procedure<Unbinding> unbind,
        Procedure<Releasing> release) {}
