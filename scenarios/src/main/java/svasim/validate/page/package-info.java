/**
 * The page of {@code svasim validate --out}: for each entry its plots, and a table of the same
 * numbers as the alternative in text. The plots are drawn here, as SVG within the page, so that it
 * needs neither scripts nor the network and has the same bytes for the same results.
 *
 * <p>Colours are told apart with every kind of colour vision (Okabe and Ito, Color Universal
 * Design), and nothing is told by colour alone: lines carry their names, and what was fitted is
 * hollow.
 */
package svasim.validate.page;
