@NullMarked
package dev.tiphys.compiler.taint;

import org.jspecify.annotations.NullMarked;
