/** One name in the spellings that code, file names and sentences want. */

/** @param {string} name In kebab-case. @returns {string[]} */
const words = (name) => name.split('-');

/** @param {string} word */
const capitalize = (word) => word[0].toUpperCase() + word.slice(1);

/**
 * @param {string} name In kebab-case: `record-set`.
 * @returns {{ fileName: string, className: string, propertyName: string, constantName: string, title: string, phrase: string }}
 */
function spellings(name) {
  const className = words(name).map(capitalize).join('');
  return {
    fileName: name,
    className,
    propertyName: className[0].toLowerCase() + className.slice(1),
    constantName: words(name).join('_').toUpperCase(),
    title: words(name).map(capitalize).join(' '),
    phrase: words(name).join(' '),
  };
}

module.exports = { spellings };
