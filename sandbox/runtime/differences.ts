/** Where error texts in the sandbox differ from Node.js, in words for learners. */

/** One thing that cannot be told inside the sandbox. */
export interface KnownDifference {
  readonly id: string;
  /** What Node.js does. */
  readonly differs: string;
  /** What the sandbox gives instead. */
  readonly instead: string;
}

export const knownDifferences: readonly KnownDifference[] = [
  {
    id: 'values-in-messages',
    differs:
      'Some messages of Node.js name the value at fault: whether a function gave null or undefined to destructure, what class a frozen object is of, what stands right of "in".',
    instead:
      'The sandbox names the value where the code shows it or a built-in function was given it. Elsewhere it names the most likely one: undefined, or an object as #<Object>.',
  },
  {
    id: 'proxy-rules',
    differs: 'When a proxy breaks a rule of the language, Node.js names the trap, the property and the values.',
    instead: 'The sandbox throws the same kind of error with a shorter text, such as "proxy: inconsistent get".',
  },
  {
    id: 'broken-iterators',
    differs: 'For an iterator of your own that gives something else than an object, Node.js names what it gave.',
    instead: 'The sandbox throws a TypeError that says only that it was no object.',
  },
  {
    id: 'loop-over-missing-method',
    differs:
      'In "for (const x of a.f())" Node.js says that a.f "is not a function or its return value is not iterable".',
    instead: 'The sandbox says that a.f is not a function when it is none, which is the more exact half.',
  },
  {
    id: 'rare-syntax-errors',
    differs: 'A dozen rare mistakes in code have words of their own, such as a literal in a destructuring pattern.',
    instead: 'The sandbox refuses the same code with a neighbouring message, such as "Unexpected token".',
  },
  {
    id: 'evaluated-code',
    differs: 'Node.js finds the exact mistake and place in any text given to eval.',
    instead:
      'The sandbox does so when the text is written in the call or kept in a constant, and for new Function. For other texts the words may be those of another engine, and the place is where the text begins.',
  },
  {
    id: 'require-in-modules',
    differs:
      'Node.js adds "in ES module scope, you can use import instead" to "require is not defined" only while a module loads.',
    instead: 'The sandbox adds it whenever an ES module uses require.',
  },
  {
    id: 'async-frames',
    differs: 'After an await, a stack in Node.js also lists who waits, as lines that begin with "at async".',
    instead: 'The sandbox lists the function that failed and the runtime that called the handler.',
  },
  {
    id: 'columns',
    differs: 'Node.js places an error at the operator or the property at fault.',
    instead: 'The line is the same. For operators, and for setters, the column may be that of the expression instead.',
  },
];
