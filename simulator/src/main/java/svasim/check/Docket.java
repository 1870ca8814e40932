package svasim.check;

/** Where invariants report what is broken. */
interface Docket {
    void broken(Invariant invariant, Finding finding);
}
