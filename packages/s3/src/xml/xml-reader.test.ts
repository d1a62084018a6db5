import { CloudError } from '@cmx/cloud-core';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { child, childText } from './xml-access.ts';
import { parseXml, type XmlElement } from './xml-reader.ts';
import { element, escapeXml, isWritable } from './xml-writer.ts';

function textOf(xml: string): string {
  return parseXml(`<a>${xml}</a>`).text;
}

describe('parseXml', () => {
  it('reads elements, blanks and empty elements', () => {
    const root = parseXml('<?xml version="1.0" encoding="UTF-8"?>\n<List xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n <Key> sp </Key><Prefix/><Empty></Empty>\n</List>\n');
    expect(root.name).toBe('List');
    expect(root.text).toBe('');
    expect(childText(root, 'Key')).toBe(' sp ');
    expect(childText(root, 'Prefix')).toBe('');
    expect(childText(root, 'Empty')).toBe('');
    expect(child(root, 'Other')).toBeUndefined();
  });

  it.each([
    ['&amp;&lt;&gt;&quot;&apos;', `&<>"'`],
    ['x&#x1b;y&#27;z', 'x\u001by\u001bz'],
    ['&#x1F600;', '😀'],
    ['&amp;lt;', '&lt;'],
    ['a<![CDATA[<b>&amp;]]>c', 'a<b>&amp;c'],
    ['a<!-- no -->b', 'ab'],
    ['a\r\nb\rc&#13;', 'a\nb\nc\r'],
  ])('resolves %j', (xml, text) => {
    expect(textOf(xml)).toBe(text);
  });

  it('does not take a > in an attribute for the end of the tag, and drops prefixes', () => {
    expect(parseXml(`<s:a s:x="1>2" y='"'><s:b>t</s:b></s:a>`)).toEqual({ name: 'a', text: '', children: [{ name: 'b', text: 't', children: [] }] });
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['an inherited name as entity', '<a>&constructor;</a>'],
    ['an ampersand alone', '<a>a & b</a>'],
    ['half a surrogate pair', '<a>&#xD800;</a>'],
    ['a code point that is none', '<a>&#x110000;</a>'],
    ['a cut answer', '<a><b>t</b>'],
    ['a cut tag', '<a><b'],
    ['crossed tags', '<a><b></a></b>'],
    ['two roots', '<a/><a/>'],
    ['nothing', ''],
    ['text alone', 'Service Unavailable'],
    ['text behind the end', '<a/>x'],
    ['an open comment', '<a><!-- </a>'],
    ['too much depth', '<a>'.repeat(18) + '</a>'.repeat(18)],
  ])('refuses %s', (_, xml) => {
    expect(() => parseXml(xml)).toThrow(CloudError);
  });

  it('refuses bytes that are not UTF-8, and more than it should hold', () => {
    expect(() => parseXml(Uint8Array.of(0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e))).toThrow('not UTF-8');
    expect(() => parseXml(new Uint8Array(33 * 1024 * 1024))).toThrow('too large');
  });

  it('reads back whatever the writer wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(isWritable(text) && !/\p{Surrogate}/u.test(text));
        expect(textOf(element('b', text) && escapeXml(text))).toBe(text);
      }),
    );
  });
});

describe('parseXml beside a general parser', () => {
  const reference = new XMLParser({ preserveOrder: true, ignoreAttributes: true, trimValues: false, parseTagValue: false, removeNSPrefix: true, cdataPropName: '#cdata' });
  type Node = Record<string, unknown>;

  function fromReference(nodes: readonly Node[]): XmlElement[] {
    return nodes.flatMap((node) => {
      const name = Object.keys(node).find((key) => key !== '#text' && !key.startsWith('?') && key !== ':@');
      if (name === undefined) return [];
      const inner = node[name] as Node[];
      const children = fromReference(inner.filter((part) => !('#cdata' in part)));
      const text = children.length > 0 ? '' : inner.map(textOfNode).join('');
      return [{ name, text, children }];
    });
  }

  function textOfNode(node: Node): string {
    const text = '#cdata' in node ? (node['#cdata'] as Node[])[0]?.['#text'] : node['#text'];
    return typeof text === 'string' ? text : '';
  }

  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/);
  const leafText = fc.array(fc.oneof(fc.string().map(escapeLikeServers), fc.constantFrom('&amp;', '&lt;', '&gt;', '&quot;', '&apos;', ' ', '\n', 'é', '😀', '<![CDATA[<x>&]]>'))).map((parts) => parts.join(''));
  const { tree } = fc.letrec<{ tree: string; leaf: string; branch: string }>((tie) => ({
    tree: fc.oneof({ maxDepth: 6 }, tie('leaf'), tie('branch')),
    leaf: fc.tuple(name, leafText, fc.constantFrom('', ' xmlns="u:r>i"', ' a="1"')).map(([tag, text, attributes]) => (text === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${text}</${tag}>`)),
    branch: fc.tuple(name, fc.array(tie('tree'), { minLength: 1, maxLength: 5 }), fc.constantFrom('', '\n  ')).map(([tag, inner, gap]) => `<${tag}>${gap}${inner.join(gap)}${gap}</${tag}>`),
  }));

  function escapeLikeServers(text: string): string {
    return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character);
  }

  it('sees the same document', () => {
    fc.assert(
      fc.property(tree, (xml) => {
        expect([parseXml(xml)]).toEqual(fromReference(reference.parse(`<?xml version="1.0"?>${xml}`) as Node[]));
      }),
      { numRuns: 500 },
    );
  });

  it('either reads a damaged document or throws its own error', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), fc.string({ maxLength: 3 }), (xml, from, count, noise) => {
        const at = from % (xml.length + 1);
        const damaged = xml.slice(0, at) + noise + xml.slice(at + (count % 8));
        try {
          parseXml(damaged);
        } catch (error) {
          expect(CloudError.is(error)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
