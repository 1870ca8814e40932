/**
 * The one stream of observations. Parts tell it what happened, once; statistics, exports, lessons
 * and the checker listen. No part formats text.
 */
package svasim.trace;
